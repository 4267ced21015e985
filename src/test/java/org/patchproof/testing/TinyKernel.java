package org.patchproof.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A bzImage of a kilobyte or two, started by QEMU's {@code -kernel} as any kernel: it says what it is told
 * to on the console and the channel, and then does what a bad kernel does. Real-mode code, after
 * Documentation/x86/boot.rst; boots in no time under emulation, too.
 */
public final class TinyKernel {
    private static final int COM1 = 0x3f8;
    private static final int COM2 = 0x2f8;
    private static final int FIRMWARE = 0x402;
    /** The code's place in the file, and its address: its segment begins at the second sector. */
    private static final int CODE = 0x280;

    private static final int SEGMENT = 0x200;

    private record Said(int port, String text) {}

    private final List<Said> said = new ArrayList<>();

    private TinyKernel() {}

    /** One that says nothing so far. */
    public static TinyKernel silent() {
        return new TinyKernel();
    }

    /** Prints on the console. */
    public TinyKernel printing(String text) {
        said.add(new Said(COM1, text));
        return this;
    }

    /** Says on the channel, as our init does. */
    public TinyKernel saying(String text) {
        said.add(new Said(COM2, text));
        return this;
    }

    /** Writes where the firmware writes its log. */
    public TinyKernel logging(String text) {
        said.add(new Said(FIRMWARE, text));
        return this;
    }

    /** Then halts for good. */
    public byte[] thenHalting() {
        return image(0xf4, 0xeb, 0xfd); // hlt; jmp back
    }

    /** Then spins for good. */
    public byte[] thenSpinning() {
        return image(0xeb, 0xfe); // jmp itself
    }

    /** Then resets the machine, as a triple fault does. */
    public byte[] thenResetting() {
        return image(0xb0, 0xfe, 0xe6, 0x64, 0xf4); // mov al,0xfe; out 0x64,al; hlt
    }

    /** Then says it all again, for ever. */
    public byte[] forEver() {
        int back = -(saidBytes() + 3);
        return image(0xe9, back & 0xff, back >> 8 & 0xff); // jmp near to the first of them
    }

    private int saidBytes() {
        return said.size() * 14;
    }

    private byte[] image(int... end) {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        ByteArrayOutputStream texts = new ByteArrayOutputStream();
        emit(code, 0xfa, 0xfc, 0x0e, 0x1f); // cli; cld; push cs; pop ds
        int text = CODE - SEGMENT + 4 + saidBytes() + end.length;
        for (Said one : said) {
            // mov si,text; mov dx,port; lodsb; test al,al; jz +3; out dx,al; jmp -8
            emit(code, 0xbe, text & 0xff, text >> 8, 0xba, one.port & 0xff, one.port >> 8);
            emit(code, 0xac, 0x84, 0xc0, 0x74, 0x03, 0xee, 0xeb, 0xf8);
            byte[] bytes = (one.text + "\0").getBytes(StandardCharsets.US_ASCII);
            texts.writeBytes(bytes);
            text += bytes.length;
        }
        emit(code, end);
        byte[] image = new byte[(CODE + code.size() + texts.size() + 511) / 512 * 512 + 512];
        image[0x1f1] = (byte) (image.length / 512 - 2); // sectors of setup, but for the first
        image[0x1fe] = 0x55;
        image[0x1ff] = (byte) 0xaa;
        image[0x200] = (byte) 0xeb; // jmp to the code
        image[0x201] = (byte) (CODE - 0x202);
        System.arraycopy("HdrS".getBytes(StandardCharsets.US_ASCII), 0, image, 0x202, 4);
        image[0x206] = 0x05; // boot protocol 2.05
        image[0x207] = 0x02;
        image[0x211] = 1; // loaded high
        image[0x22f] = 0x37; // highest address of an initrd
        System.arraycopy(code.toByteArray(), 0, image, CODE, code.size());
        System.arraycopy(texts.toByteArray(), 0, image, CODE + code.size(), texts.size());
        return image;
    }

    private static void emit(ByteArrayOutputStream code, int... bytes) {
        for (int b : bytes) {
            code.write(b);
        }
    }
}
