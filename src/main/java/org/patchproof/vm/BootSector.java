package org.patchproof.vm;

import java.nio.charset.StandardCharsets;

/** A boot sector that writes a word to the first serial port and halts: the smallest guest there is. */
final class BootSector {
    private static final int SIZE = 512;
    private static final int LOADED_AT = 0x7c00;

    private BootSector() {}

    /** 512 bytes for a disk's first sector; {@code word} is ASCII and fits in the sector. */
    static byte[] saying(String word) {
        int[] code = {
            0xfa, // cli
            0x31,
            0xc0, // xor ax,ax
            0x8e,
            0xd8, // mov ds,ax
            0xbe,
            0,
            0, // mov si,text
            0xba,
            0xf8,
            0x03, // mov dx,0x3f8 (COM1)
            0xac, // next: lodsb
            0x84,
            0xc0, // test al,al
            0x74,
            0x03, // jz halt
            0xee, // out dx,al
            0xeb,
            0xf8, // jmp next
            0xf4, // halt: hlt
            0xeb,
            0xfd // jmp halt
        };
        int text = LOADED_AT + code.length;
        code[6] = text & 0xff;
        code[7] = text >> 8;
        return sector(code, word);
    }

    /** One that says nothing, and goes round and round. */
    static byte[] spinning() {
        return sector(new int[] {0xeb, 0xfe}, ""); // jmp here
    }

    private static byte[] sector(int[] code, String word) {
        byte[] sector = new byte[SIZE];
        for (int i = 0; i < code.length; i++) {
            sector[i] = (byte) code[i];
        }
        byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, sector, code.length, bytes.length);
        sector[SIZE - 2] = 0x55;
        sector[SIZE - 1] = (byte) 0xaa;
        return sector;
    }
}
