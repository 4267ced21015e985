package org.patchproof.srpm;

/** The numbers of rpm's tags that are read here (rpm's {@code include/rpm/rpmtag.h}). */
final class Tag {
    static final int HEADER_SIGNATURES = 62;
    static final int HEADER_IMMUTABLE = 63;

    // Of the signature header.
    static final int SIG_DSA = 267;
    static final int SIG_RSA = 268;
    static final int SIG_SHA1 = 269;
    static final int SIG_LONG_SIZE = 270;
    static final int SIG_SHA256 = 273;
    static final int SIG_OPENPGP = 278;
    static final int SIG_SHA3_256 = 279;
    static final int SIG_SIZE = 1000;
    static final int SIG_PGP = 1002;
    static final int SIG_MD5 = 1004;
    static final int SIG_GPG = 1005;

    // Of the main header.
    static final int NAME = 1000;
    static final int VERSION = 1001;
    static final int RELEASE = 1002;
    static final int EPOCH = 1003;
    static final int ARCH = 1022;
    static final int OLD_FILE_NAMES = 1027;
    static final int FILE_SIZES = 1028;
    static final int FILE_MODES = 1030;
    static final int FILE_MTIMES = 1034;
    static final int FILE_DIGESTS = 1035;
    static final int FILE_LINK_TOS = 1036;
    static final int FILE_FLAGS = 1037;
    static final int SOURCE_RPM = 1044;
    static final int NO_SOURCE = 1051;
    static final int NO_PATCH = 1052;
    static final int FILE_DEVICES = 1095;
    static final int FILE_INODES = 1096;
    static final int SOURCE_PACKAGE = 1106;
    static final int DIR_INDEXES = 1116;
    static final int BASE_NAMES = 1117;
    static final int DIR_NAMES = 1118;
    static final int PAYLOAD_FORMAT = 1124;
    static final int PAYLOAD_COMPRESSOR = 1125;
    static final int LONG_FILE_SIZES = 5008;
    static final int FILE_DIGEST_ALGO = 5011;
    static final int PAYLOAD_DIGEST = 5092;
    static final int PAYLOAD_DIGEST_ALGO = 5093;
    static final int PAYLOAD_DIGEST_ALT = 5097;
    static final int PAYLOAD_SHA512 = 5121;
    static final int PAYLOAD_SHA512_ALT = 5122;
    static final int PAYLOAD_SHA3_256 = 5123;
    static final int PAYLOAD_SHA3_256_ALT = 5124;

    private Tag() {}
}
