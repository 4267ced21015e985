package org.patchproof.plan;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
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
                "disk", v -> Optional.of(image(table, name, title)));
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

    private GuestSpec image(YamlTable table, String name, String title) {
        record Image(Path file, Optional<URI> url, String sha256) {}
        ValueReader<Image> reader = value -> value.table().map(inner -> {
            Image image = new Image(
                    inner.required("file", this::file, workspace.images()),
                    inner.optional("url", Values::url),
                    inner.required("sha256", GuestReader::sha256, ""));
            inner.refuseOthers();
            return image;
        });
        Image image = table.required("image", reader, new Image(workspace.images(), Optional.empty(), ""));
        return new ImageGuest(name, title, image.file(), image.url(), image.sha256());
    }

    /** A name, looked for in {@code images/}; or a path: absolute, below the home directory or the workspace. */
    private Optional<Path> file(YamlValue value) {
        return Values.line(value).flatMap(text -> {
            if (IMAGE.matcher(text).matches()) {
                return Optional.of(workspace.images().resolve(text));
            }
            try {
                Path home = Path.of(System.getProperty("user.home", "/"));
                Path path = text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
                if (text.contains("/") && !text.contains("://") && path.getFileName() != null) {
                    return Optional.of(workspace.root().resolve(path).normalize());
                }
            } catch (InvalidPathException e) {
                // said below
            }
            return value.wrong(
                    "file: " + Shown.quote(text) + " is no file of an image",
                    "Write its name (it is looked for in images/), or a path; an address belongs to url:.");
        });
    }

    /** Without it nobody could say later what the kernels were tried in. */
    private static Optional<String> sha256(YamlValue value) {
        return Values.matching(SHA256, "sha256", "Write the 64 hex digits that sha256sum prints.")
                .read(value)
                .map(text -> text.toLowerCase(Locale.ROOT));
    }
}
