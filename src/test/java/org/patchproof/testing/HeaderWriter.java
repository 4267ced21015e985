package org.patchproof.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes an RPM header; any tag can be given any shape. */
public final class HeaderWriter {
    private static final int BIN = 7;

    private static final class Value {
        private final int type;
        private final int count;
        private final byte[] data;

        private Value(int type, int count, byte[] data) {
            this.type = type;
            this.count = count;
            this.data = data;
        }
    }

    private final Map<Integer, Value> values = new TreeMap<>();

    /** A tag of any type and count, whatever its data. */
    public HeaderWriter raw(int tag, int type, int count, byte[] data) {
        values.put(tag, new Value(type, count, data.clone()));
        return this;
    }

    public HeaderWriter int16s(int tag, List<Integer> numbers) {
        ByteBuffer data = ByteBuffer.allocate(2 * numbers.size());
        numbers.forEach(n -> data.putShort(n.shortValue()));
        return raw(tag, 3, numbers.size(), data.array());
    }

    public HeaderWriter int32s(int tag, List<Long> numbers) {
        ByteBuffer data = ByteBuffer.allocate(4 * numbers.size());
        numbers.forEach(n -> data.putInt(n.intValue()));
        return raw(tag, 4, numbers.size(), data.array());
    }

    public HeaderWriter int64s(int tag, List<Long> numbers) {
        ByteBuffer data = ByteBuffer.allocate(8 * numbers.size());
        numbers.forEach(data::putLong);
        return raw(tag, 5, numbers.size(), data.array());
    }

    public HeaderWriter string(int tag, String text) {
        return raw(tag, 6, 1, (text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    public HeaderWriter bin(int tag, byte[] data) {
        return raw(tag, BIN, data.length, data);
    }

    public HeaderWriter strings(int tag, List<String> texts) {
        String all = String.join("\0", texts) + "\0";
        return raw(tag, 8, texts.size(), all.getBytes(StandardCharsets.UTF_8));
    }

    public HeaderWriter without(int tag) {
        values.remove(tag);
        return this;
    }

    /** The header with its values in a region of {@code regionTag}; 0 for none, as in format 3. */
    public byte[] bytes(int regionTag) {
        int count = values.size() + (regionTag == 0 ? 0 : 1);
        ByteArrayOutputStream index = new ByteArrayOutputStream();
        ByteArrayOutputStream store = new ByteArrayOutputStream();
        values.forEach((tag, value) -> {
            int alignment = value.type == 3 ? 2 : value.type == 4 ? 4 : value.type == 5 ? 8 : 1;
            while (store.size() % alignment != 0) {
                store.write(0);
            }
            index.writeBytes(slot(tag, value.type, store.size(), value.count));
            store.writeBytes(value.data);
        });
        byte[] region = regionTag == 0 ? new byte[0] : slot(regionTag, BIN, store.size(), 16);
        if (regionTag != 0) {
            store.writeBytes(slot(regionTag, BIN, -16 * count, 16));
        }
        return ByteBuffer.allocate(16 + 16 * count + store.size())
                .put(new byte[] {(byte) 0x8e, (byte) 0xad, (byte) 0xe8, 1, 0, 0, 0, 0})
                .putInt(count)
                .putInt(store.size())
                .put(region)
                .put(index.toByteArray())
                .put(store.toByteArray())
                .array();
    }

    private static byte[] slot(int tag, int type, int offset, int count) {
        return ByteBuffer.allocate(16)
                .putInt(tag)
                .putInt(type)
                .putInt(offset)
                .putInt(count)
                .array();
    }
}
