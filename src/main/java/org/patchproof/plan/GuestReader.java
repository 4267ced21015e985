package org.patchproof.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code specs/guests/*.yaml}. */
final class GuestReader {
    /** For a guest whose name was reported. */
    static final String STAND_IN = "unreadable";

    private static final Pattern SUITE = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Pattern COMPONENT = Pattern.compile("[a-z][a-z0-9/-]{0,63}");
    private static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+.-]{1,127}");
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~-]{0,127}");

    private final Workspace workspace;
    private final Problems problems;

    GuestReader(Workspace workspace, Problems problems) {
        this.workspace = workspace;
        this.problems = problems;
    }

    /** A guest, with stand-ins for what was reported; empty when there is not enough for that. */
    Optional<GuestSpec> read(String name) {
        return YamlFile.read(workspace, workspace.guestFile(name), problems)
                .map(value -> value.named("the guest"))
                .flatMap(value -> value.table().flatMap(table -> guest(value, table, name)));
    }

    private Optional<GuestSpec> guest(YamlValue value, YamlTable table, String name) {
        table.required("guest", Values.ownName(name), name);
        String title = table.required("title", Values::line, "");
        Map<String, ValueReader<GuestSpec>> kinds = Map.of(
                "debootstrap", v -> Optional.of(debootstrap(table, name, title)),
                "image", v -> Optional.of(image(table, name, title)));
        ValueReader<GuestSpec> unknown = v -> Optional.empty();
        Optional<GuestSpec> guest =
                table.required("kind", Values.choice(kinds), unknown).read(value);
        if (guest.isPresent()) {
            table.refuseOthers();
        } else {
            table.reportMissing();
        }
        return guest;
    }

    private static GuestSpec debootstrap(YamlTable table, String name, String title) {
        return new DebootstrapGuest(
                name,
                title,
                table.required("suite", Values.matching(SUITE, "Debian suite", "Write its name, as bookworm."), ""),
                table.required(
                        "components",
                        Values.someOf(
                                Values.matching(COMPONENT, "component of an archive", "Write main, or non-free.")),
                        List.of()),
                table.required(
                        "packages",
                        Values.listOf(Values.matching(PACKAGE, "Debian package", "Write the name only, as dnf.")),
                        List.of()),
                table.required("disk", Values::size, 0L));
    }

    private static GuestSpec image(YamlTable table, String name, String title) {
        record Image(String file, Optional<String> sha256) {}
        ValueReader<Image> reader = value -> value.table().map(inner -> {
            Image image = new Image(
                    inner.required(
                            "file", Values.matching(IMAGE, "file name of an image", "Write it without a folder."), ""),
                    inner.optional("sha256", Values::sha256));
            inner.refuseOthers();
            return image;
        });
        Image image = table.required("image", reader, new Image("", Optional.empty()));
        return new ImageGuest(name, title, image.file(), image.sha256());
    }
}
