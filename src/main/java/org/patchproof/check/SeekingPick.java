package org.patchproof.check;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.tukaani.xz.SeekableFileInputStream;
import org.tukaani.xz.SeekableXZInputStream;

/**
 * Finds files in a tarball of many xz blocks without decompressing the others: kernels are packed in
 * order of their names, so that a binary search over the blocks leads to the one. What is found was read
 * from a whole and valid tar header with that very name; what is not found may still be there, in a
 * tarball of another order, and somebody has to read it all.
 */
final class SeekingPick {
    private static final int MEMORY_KIB = 200 << 10;
    private static final int FEWEST_BLOCKS = 4;
    private static final int RECORD = 512;
    private static final int LARGEST_FILE = 64 << 20;
    /** How far to look for a header, or for the file behind it: beyond that the order is another. */
    private static final long FARTHEST = 96L << 20;

    /** tar --sort=name: what is in a folder comes before what only begins like its name. */
    private static final Comparator<String> BY_FOLDER = Comparator.comparing(name -> name.replace('/', '\0'));

    private final SeekableXZInputStream in;
    private final Comparator<String> order;
    private final Map<Integer, Optional<Member>> firsts = new HashMap<>();

    private SeekingPick(SeekableXZInputStream in, Comparator<String> order) {
        this.in = in;
        this.order = order;
    }

    /** A member of the tarball; {@code at} is where its header starts, {@code type} is tar's. */
    private record Member(String name, char type, long size, long at) {
        private long next() {
            return at + RECORD + (size + RECORD - 1) / RECORD * RECORD;
        }
    }

    /** All of {@code paths} below {@code root}; empty when not each was found as a regular file. */
    static Optional<Map<String, byte[]>> find(Path tarball, String root, SortedSet<String> paths) {
        try (SeekableXZInputStream in =
                new SeekableXZInputStream(new SeekableFileInputStream(tarball.toFile()), MEMORY_KIB)) {
            if (in.getBlockCount() < FEWEST_BLOCKS) {
                return Optional.empty();
            }
            // git archive sorts by the whole name instead.
            Optional<Map<String, byte[]>> found = new SeekingPick(in, BY_FOLDER).all(root, paths);
            return found.isPresent() ? found : new SeekingPick(in, Comparator.naturalOrder()).all(root, paths);
        } catch (IOException e) {
            // No xz, or a damaged one: the tools that read it all have better words for that.
            return Optional.empty();
        }
    }

    private Optional<Map<String, byte[]>> all(String root, SortedSet<String> paths) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        Map<String, Member> appended = lastMembers();
        for (String path : paths) {
            Optional<Member> member = find(root + path);
            if (member.isEmpty()
                    || !appended.getOrDefault(root + path, member.get()).equals(member.get())) {
                return Optional.empty();
            }
            in.seek(member.get().at() + RECORD);
            contents.put(path, in.readNBytes((int) member.get().size()));
            if (contents.get(path).length != member.get().size()) {
                return Optional.empty();
            }
        }
        return Optional.of(contents);
    }

    /** Those of the last block, by name: what was put behind a whole tarball counts, not what is in it. */
    private Map<String, Member> lastMembers() throws IOException {
        Map<String, Member> members = new HashMap<>();
        for (Optional<Member> member = first(in.getBlockCount() - 1);
                member.isPresent();
                member = header(member.get().next())) {
            members.put(member.get().name(), member.get());
        }
        return members;
    }

    private Optional<Member> find(String name) throws IOException {
        int low = 0;
        int high = in.getBlockCount() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            Optional<Member> first = first(middle);
            if (first.isPresent() && order.compare(first.get().name(), name) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Optional<Member> member = first(low);
        long end = in.getBlockPos(low) + FARTHEST;
        while (member.isPresent() && member.get().at() < end) {
            if (member.get().name().equals(name) && isFile(member.get())) {
                return member;
            }
            member = header(member.get().next());
        }
        return Optional.empty();
    }

    private static boolean isFile(Member member) {
        return (member.type() == '0' || member.type() == '\0') && member.size() <= LARGEST_FILE;
    }

    /** The first member whose header starts in a block or, when none does, behind it. */
    private Optional<Member> first(int block) throws IOException {
        Optional<Member> known = firsts.get(block);
        if (known == null) {
            known = Optional.empty();
            long start = in.getBlockPos(block);
            for (long at = start; at < start + FARTHEST && known.isEmpty() && at < in.length(); at += RECORD) {
                known = header(at).filter(m -> m.type() == '0' || m.type() == '5');
            }
            firsts.put(block, known);
        }
        return known;
    }

    private Optional<Member> header(long at) throws IOException {
        if (at + RECORD > in.length()) {
            return Optional.empty();
        }
        if (in.position() != at) {
            in.seek(at);
        }
        byte[] bytes = in.readNBytes(RECORD);
        if (bytes.length < RECORD) {
            throw new EOFException();
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("ustar", 257) || checksum(bytes) != octal(text, 148, 8)) {
            return Optional.empty();
        }
        long size = octal(text, 124, 12);
        // GNU tar's older format has other things in the place of the prefix.
        String prefix = text.startsWith("ustar\0", 257) ? field(text, 345, 155) : "";
        String name = (prefix.isEmpty() ? "" : prefix + "/") + field(text, 0, 100);
        return size < 0 ? Optional.empty() : Optional.of(new Member(name, text.charAt(156), size, at));
    }

    private static String field(String text, int from, int length) {
        String field = text.substring(from, from + length);
        int end = field.indexOf('\0');
        return end < 0 ? field : field.substring(0, end);
    }

    private static long octal(String text, int from, int length) {
        String digits = field(text, from, length).strip();
        return digits.matches("[0-7]{1,11}") ? Long.parseLong(digits, 8) : -1;
    }

    private static long checksum(byte[] header) {
        long sum = 0;
        for (int i = 0; i < RECORD; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        return sum;
    }
}
