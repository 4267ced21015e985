package org.patchproof.patch;

import java.util.List;

final class PatchParser {
    PatchParser(String name, String content) {}

    MailHeader header() {
        return MailHeader.NONE;
    }

    List<TouchedFile> files() {
        return List.of();
    }
}
