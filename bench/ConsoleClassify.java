// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.patchproof.console.Fault;
import org.patchproof.console.FaultTable;

/** The faults in a console log, counted: {@code java -cp target/classes ConsoleClassify.java LOG}. */
final class ConsoleClassify {
    public static void main(String[] args) throws IOException {
        long begun = System.nanoTime();
        List<Fault> faults;
        try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
            faults = FaultTable.standard().scan(in);
        }
        Map<String, Integer> titles = new TreeMap<>();
        faults.forEach(fault -> titles.merge(fault.title(), 1, Integer::sum));
        System.out.printf("%d faults, %d titles, %.2f s in the program%n", faults.size(), titles.size(),
                (System.nanoTime() - begun) / 1e9);
    }
}
