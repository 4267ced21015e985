package org.patchproof.srpm;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An RPM header: an index of tags and the store of their values. Format:
 * https://rpm-software-management.github.io/rpm/manual/format_header.html
 *
 * <p>All bounds are checked before memory is taken; no value is decoded before it is asked for.
 */
final class Header {
    /** No index of a real package comes near (rpm's own limit). */
    static final int INDEX_LIMIT = 0xffff;
    /** A main header: that of kernel-devel, with its 20,000 files, has 3 MiB. */
    static final int MAIN_LIMIT = 24 << 20;
    /** A signature header: signatures of single files (IMA) can make 10 MiB of it. */
    static final int SIGNATURE_LIMIT = 16 << 20;
    /**
     * All text of a header that is decoded, in bytes: tags may overlap, so that a small header could
     * stand for much text.
     */
    private static final int TEXT_LIMIT = 16 << 20;

    private static final int STRING_LIMIT = 1 << 16;

    private static final byte[] MAGIC = {(byte) 0x8e, (byte) 0xad, (byte) 0xe8, 1, 0, 0, 0, 0};
    private static final int INTRO = 16;
    private static final int SLOT = 16;

    private static final int INT16 = 3;
    private static final int INT32 = 4;
    private static final int INT64 = 5;
    private static final int STRING = 6;
    private static final int BIN = 7;
    private static final int STRING_ARRAY = 8;
    private static final int I18N_STRING = 9;
    /** Bytes per element by type; 0 where only the content tells. */
    private static final int[] WIDTH = {0, 1, 1, 2, 4, 8, 0, 1, 0, 0};

    private record Value(int type, int start, int count) {}

    private final PackageInput input;
    private final String what;
    private final long offset;
    private final byte[] bytes;
    private final ByteBuffer view;
    private final int storeStart;
    private final Map<Integer, Value> values = new HashMap<>();
    private final Set<Integer> ambiguous = new HashSet<>();
    private int decoded;

    private Header(PackageInput input, String what, long offset, byte[] bytes, int indexCount) {
        this.input = input;
        this.what = what;
        this.offset = offset;
        this.bytes = bytes;
        this.view = ByteBuffer.wrap(bytes);
        this.storeStart = INTRO + indexCount * SLOT;
        for (int i = 0; i < indexCount; i++) {
            index(INTRO + i * SLOT);
        }
    }

    /** Reads a header of at most {@code limit} bytes; {@code what} names it in messages. */
    static Header read(PackageInput input, String what, int limit) {
        long offset = input.position();
        byte[] intro = input.exactly(INTRO, what);
        if (!Arrays.equals(intro, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw RpmFormatException.damaged(input.file(), offset, what + " does not start with its magic 8eade801");
        }
        ByteBuffer counts = ByteBuffer.wrap(intro, MAGIC.length, 8);
        long indexCount = Integer.toUnsignedLong(counts.getInt());
        long storeSize = Integer.toUnsignedLong(counts.getInt());
        if (indexCount < 1 || indexCount > INDEX_LIMIT) {
            throw RpmFormatException.damaged(
                    input.file(),
                    offset + 8,
                    what + " claims " + indexCount + " tags; 1 to " + INDEX_LIMIT + " are possible");
        }
        if (storeSize > limit) {
            throw RpmFormatException.damaged(
                    input.file(), offset + 12, what + " claims " + storeSize + " bytes; the limit is " + limit);
        }
        int rest = (int) (indexCount * SLOT + storeSize);
        input.requireLeft(rest, what);
        byte[] bytes = Arrays.copyOf(intro, INTRO + rest);
        input.exactly(bytes, INTRO, rest, what);
        return new Header(input, what, offset, bytes, (int) indexCount);
    }

    /** A header that is not there. */
    static Header none(PackageInput input, String what) {
        return new Header(input, what, input.position(), new byte[INTRO], 0);
    }

    private void index(int at) {
        int tag = view.getInt(at);
        int type = view.getInt(at + 4);
        int start = view.getInt(at + 8);
        int count = view.getInt(at + 12);
        int left = bytes.length - storeStart;
        if (type < 0 || type >= WIDTH.length) {
            throw damaged(at + 4, "tag " + tag + " has the unknown type " + type);
        }
        if (start < 0 || start > left || count < 1 || (long) count * Math.max(1, WIDTH[type]) > left - start) {
            throw damaged(at + 8, "tag " + tag + " points outside the header");
        }
        if (values.putIfAbsent(tag, new Value(type, storeStart + start, count)) != null) {
            ambiguous.add(tag);
        }
    }

    /**
     * Checks that the region of {@code tag}, if there is one, spans the whole header, as rpm demands:
     * what stands outside would be seen by us and not by rpm's own checks.
     */
    void requireWholeRegion(int tag) {
        Value region = values.get(tag);
        if (region == null) {
            return; // format 3
        }
        int indexCount = (storeStart - INTRO) / SLOT;
        boolean whole = view.getInt(INTRO) == tag
                && region.type == BIN
                && region.count == SLOT
                && region.start + SLOT == bytes.length
                && view.getInt(region.start + 8) == -indexCount * SLOT;
        if (!whole) {
            throw damaged(INTRO, "its region does not span it");
        }
    }

    /** The header as it stands in the file. */
    ByteBuffer bytes() {
        return view.asReadOnlyBuffer().rewind();
    }

    /** Where in the file it starts. */
    long offset() {
        return offset;
    }

    int length() {
        return bytes.length;
    }

    boolean has(int tag) {
        return values.containsKey(tag);
    }

    /** How many elements a tag has; 0 when it is absent. */
    int count(int tag) {
        return value(tag).map(Value::count).orElse(0);
    }

    /** The one string of a tag, or the first of its strings. */
    Optional<String> string(int tag) {
        Optional<Value> value = value(tag);
        value.ifPresent(v -> require(tag, v, v.type == STRING || v.type == STRING_ARRAY || v.type == I18N_STRING));
        return value.map(v -> decoded(tag, v.start, end(tag, v.start)));
    }

    /** The strings of an array tag, {@code count} of them. */
    List<String> strings(int tag, int count) {
        Value value = array(tag, count);
        require(tag, value, value.type == STRING_ARRAY);
        List<String> strings = new ArrayList<>(count);
        int at = value.start;
        for (int i = 0; i < count; i++) {
            int end = end(tag, at);
            strings.add(decoded(tag, at, end));
            at = end + 1;
        }
        return strings;
    }

    /** The one unsigned number of a tag. */
    OptionalLong number(int tag) {
        return value(tag).isPresent() ? OptionalLong.of(numbers(tag, 1)[0]) : OptionalLong.empty();
    }

    /** The unsigned numbers of an array tag, {@code count} of them. */
    long[] numbers(int tag, int count) {
        Value value = array(tag, count);
        require(tag, value, value.type == INT16 || value.type == INT32 || value.type == INT64);
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            int at = value.start + i * WIDTH[value.type];
            numbers[i] = switch (value.type) {
                case INT16 -> Short.toUnsignedLong(view.getShort(at));
                case INT32 -> Integer.toUnsignedLong(view.getInt(at));
                default -> view.getLong(at);
            };
            if (numbers[i] < 0) {
                throw damaged(at, "tag " + tag + " holds an impossible number");
            }
        }
        return numbers;
    }

    /** The bytes of a binary tag. */
    Optional<ByteBuffer> binary(int tag) {
        Optional<Value> value = value(tag);
        value.ifPresent(v -> require(tag, v, v.type == BIN));
        return value.map(v -> view.asReadOnlyBuffer()
                .position(v.start)
                .limit(v.start + v.count)
                .slice());
    }

    RpmFormatException damaged(int at, String wrong) {
        return RpmFormatException.damaged(input.file(), offset + at, what + ": " + wrong);
    }

    /** Trouble with what a tag says. */
    RpmFormatException damagedTag(int tag, String wrong) {
        Value value = values.get(tag);
        return damaged(value == null ? 0 : value.start, "tag " + tag + " " + wrong);
    }

    private Optional<Value> value(int tag) {
        if (ambiguous.contains(tag)) {
            throw damagedTag(tag, "is there more than once");
        }
        return Optional.ofNullable(values.get(tag));
    }

    private Value array(int tag, int count) {
        Value value = value(tag).orElseThrow(() -> damaged(0, "tag " + tag + " is missing"));
        if (value.count != count) {
            throw damagedTag(tag, "has " + value.count + " elements instead of " + count);
        }
        return value;
    }

    private void require(int tag, Value value, boolean typeFits) {
        if (!typeFits) {
            throw damagedTag(tag, "has the wrong type " + value.type);
        }
    }

    private int end(int tag, int start) {
        for (int at = start; at < bytes.length; at++) {
            if (bytes[at] == 0) {
                return at;
            }
        }
        throw damagedTag(tag, "has a string without end");
    }

    private String decoded(int tag, int start, int end) {
        int length = end - start;
        decoded += length;
        if (length > STRING_LIMIT || decoded > TEXT_LIMIT) {
            throw damagedTag(
                    tag,
                    length > STRING_LIMIT
                            ? "holds a text of " + length + " bytes; the limit is " + STRING_LIMIT
                            : "holds, with other tags, more than " + TEXT_LIMIT + " bytes of text");
        }
        return text(bytes, start, end);
    }

    /** UTF-8, as all packages of today; a text of before is taken byte by byte, which loses nothing. */
    static String text(byte[] bytes, int start, int end) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start));
            return text.toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        }
    }
}
