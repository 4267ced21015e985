package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of {@code %prep} that change the tree in a way of which a look at the spec cannot say what comes
 * of it: {@code patch} at the end of a pipe of what nobody knows, a series that a script of its own applies.
 */
public final class UnfollowedPatches {
    private static final Pattern FED = Pattern.compile("%\\{?(SOURCE|S:|PATCH|P:)(\\d{1,9})\\}?");

    /** Numbers and other macros behind it choose among the patches. */
    private static final Pattern RANGE =
            Pattern.compile("\\s*%\\{?autopatch\\}?(?:\\s+(?:-p\\s*\\d|-[vq]|-[mM]\\s*\\d{1,9})){0,20}\\s*\\}?\\s*");

    private UnfollowedPatches() {}

    /**
     * In order, each as a person reads it: {@code line 40: xzcat %{SOURCE5000} | patch -p1}.
     *
     * @param files the names of all files in the package: what stands inside an {@code %if} and needs a file
     *     that is not there does not run
     * @param paths the files of the tree that matter: a line that names one may change it
     */
    public static List<String> of(SpecFile spec, Set<String> files, Set<String> paths) {
        List<String> lines = new ArrayList<>(UnseenChanges.of(spec, paths));
        lines.addAll(IncludedFiles.unfollowed(spec, files));
        for (PrepCall call : spec.calls()) {
            if (hidden(spec, call) && (call.line().depth() == 0 || mayRun(spec, call, files))) {
                lines.add("line " + call.line().number() + ": " + call.text().strip());
            }
        }
        for (VendorPatches.VendorPatch patch : VendorPatches.of(spec)) {
            if (files.contains(patch.file()) && !patch.how().unpacks() && Packed.isNamedSo(patch.file())) {
                lines.add(patch.file());
            } else if (lacks(patch, files)) {
                lines.add(patch.file() + ", which the package does not have");
            }
        }
        return lines;
    }

    /** Whether a line feeds a file to the tool of which nobody knows which it is. */
    private static boolean lacks(VendorPatches.VendorPatch patch, Set<String> files) {
        return patch.how().named()
                && !files.contains(patch.file())
                && (patch.when() == VendorPatches.When.ALWAYS || patch.file().indexOf('%') >= 0);
    }

    private static boolean hidden(SpecFile spec, PrepCall call) {
        return switch (call.kind()) {
            case SERIES -> SeriesPlan.of(spec, call).isEmpty() && !SeriesPlan.copies(call);
            case RAW, GIT_APPLY -> FedPatch.of(spec, call).isEmpty();
            case NUMBERED -> !VendorPatches.isKnown(spec, call);
            case AUTOSETUP -> stripsUnknown(spec, call.text());
            case AUTOPATCH ->
                stripsUnknown(spec, call.text())
                        || !RANGE.matcher(call.text()).matches()
                                && !spec.declared().isEmpty();
            case GIT_AM -> !call.takesAllDeclared();
            default -> false;
        };
    }

    /** Without a number, {@code patch} guesses. */
    private static boolean stripsUnknown(SpecFile spec, String text) {
        return !text.contains(" -p1")
                && !text.contains(" -p 1")
                && !text.contains(" -N")
                && !spec.declared().isEmpty();
    }

    private static boolean mayRun(SpecFile spec, PrepCall call, Set<String> files) {
        if (call.kind() == PrepCall.Kind.SERIES) {
            return files.stream().anyMatch(f -> f.contains("series"));
        }
        List<PatchTag> named = tags(spec, call);
        return named.isEmpty()
                || named.stream().anyMatch(t -> files.contains(VendorPatches.filled(spec, t.fileName())));
    }

    private static List<PatchTag> tags(SpecFile spec, PrepCall call) {
        List<PatchTag> tags = new ArrayList<>();
        Matcher m = FED.matcher(call.text());
        while (m.find()) {
            int number = Integer.parseInt(m.group(2));
            List<PatchTag> all = m.group(1).startsWith("S") ? PatchTag.sources(spec) : spec.declared();
            Optional<PatchTag> tag = all.stream()
                    .filter(t -> t.number().isPresent() && t.number().getAsInt() == number)
                    .findFirst();
            tag.ifPresent(tags::add);
        }
        return tags;
    }
}
