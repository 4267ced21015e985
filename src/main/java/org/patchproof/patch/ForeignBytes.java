package org.patchproof.patch;

import java.util.List;
import java.util.Optional;

/**
 * A file that is no text as it stands, and how it becomes one.
 *
 * @param magic its first bytes, each as a character
 * @param what what it is
 * @param remedy what to do
 */
record ForeignBytes(String magic, String what, String remedy) {
    private static final List<ForeignBytes> ALL = List.of(
            packed("\u001f\u008b", "gzip", "gunzip"),
            packed("BZh", "bzip2", "bunzip2"),
            packed("\u00fd7zXZ", "xz", "unxz"),
            packed("(\u00b5/\u00fd", "zstd", "unzstd"),
            packed("PK\u0003\u0004", "zip", "unzip"),
            utf16("\u00ff\u00fe"),
            utf16("\u00fe\u00ff"));

    /** What a content, each byte a character, is besides text; empty where it may be text. */
    static Optional<ForeignBytes> of(String content) {
        return ALL.stream().filter(f -> content.startsWith(f.magic)).findFirst();
    }

    private static ForeignBytes packed(String magic, String tool, String unpacker) {
        return new ForeignBytes(
                magic,
                "the file is compressed by " + tool,
                "unpack it with " + unpacker + ", and give the patch that comes out");
    }

    private static ForeignBytes utf16(String mark) {
        return new ForeignBytes(
                mark,
                "the file is UTF-16 text, as Windows saves it",
                "make it UTF-8: iconv -f UTF-16 -t UTF-8 FILE > FILE.utf8, with LF line ends");
    }
}
