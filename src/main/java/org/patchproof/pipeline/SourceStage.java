package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.patchproof.build.AssembledSource;
import org.patchproof.build.BuildTroubleException;
import org.patchproof.build.SourceAssembly;
import org.patchproof.build.SourceMissingException;

/** Gets the source package of a cell, and writes down which it is. */
final class SourceStage {
    private final CellContext context;

    SourceStage(CellContext context) {
        this.context = context;
    }

    AssembledSource run() throws IOException, InterruptedException {
        long started = System.nanoTime();
        Path log = Files.createDirectories(context.bundle().directory().resolve(context.kernel()))
                .resolve("source.log");
        AssembledSource source = context.steps()
                .run(
                        "",
                        Step.SOURCE,
                        context.cell().kernel().title(),
                        CellRun.unknown(),
                        progress -> assemble(log),
                        AssembledSource::nevra);
        context.page()
                .source(new RunRecord.Source(
                        source.nevra(),
                        source.srpm().getFileName().toString(),
                        source.sha256(),
                        source.how(),
                        source.madeOf(),
                        List.of(),
                        Duration.ofNanos(System.nanoTime() - started)));
        context.ledger().save();
        return source;
    }

    private AssembledSource assemble(Path log) throws IOException {
        try {
            return new SourceAssembly(
                            context.runner(),
                            context.request().workspace(),
                            context.request().cacheDirectory())
                    .assemble(context.cell().kernel(), log);
        } catch (SourceMissingException e) {
            throw new WrongRequestException(e.getMessage(), e.remedy(), e);
        } catch (BuildTroubleException e) {
            throw new TroubleException(e.getMessage(), e.remedy(), e);
        }
    }
}
