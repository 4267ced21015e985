package org.patchproof.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailFormTest {
    private static final String DIFF = "--- a/x/y\n+++ b/x/y\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n";
    private static final String HEAD = "From: A <a@example.com>\nSubject: [PATCH] x\n\nwhy\n---\n";

    private static String mail(String text) {
        Patch patch = PatchReader.parse("x.patch", text.getBytes(StandardCharsets.ISO_8859_1));
        return new String(patch.bytes(PatchStyle.MAIL), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aMailStaysAsItIs() {
        assertThat(mail(HEAD + DIFF)).isEqualTo(HEAD + DIFF);
        String formatted = "From " + "a".repeat(40) + " Mon Sep 17 00:00:00 2001\n" + HEAD + DIFF + "-- \n2.39\n\n";
        assertThat(mail(formatted)).isEqualTo(formatted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Date: Tue, 3 Mar 2026 10:00:00 +0100\nContent-Type: text/plain; charset=UTF-8\n\n\u00fc\n---\n",
                "Content-Type: text/plain;\n charset=\"us-ascii\"\n\nwhy\n---\n",
                "\nFrom: O <o@example.com>\nDate: Tue, 3 Mar 2026 10:00:00 +0100 (CET)\n\nText.\nDate: never\n---\n",
                "\nSince it is so:\nDate: never\n---\n"
            })
    void whatGitReadsStays(String rest) {
        String mail = "From: A <a@example.com>\nSubject: x\n" + rest + DIFF;
        assertThat(mail(mail)).isEqualTo(mail);
    }

    @Test
    void aPlainDiffGetsAHead() {
        assertThat(mail(DIFF))
                .startsWith("From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n"
                        + "From: patchproof <patchproof@localhost>\n")
                .contains("\nSubject: x.patch\n\n---\n")
                .endsWith("\n---\n" + DIFF);
    }

    @Test
    void gitsOwnHeadersStay() {
        String tool =
                "diff --git a/s/t b/s/t\nnew file mode 100755\n--- /dev/null\n+++ b/s/t\n@@ -0,0 +1 @@\n+#!/bin/sh\n";
        assertThat(mail(tool)).endsWith("\n---\n" + tool);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: nobody\nSubject: x\n\n---\n",
                "Subject: x\n\n---\n",
                "From: A <a@example.com>\n\n---\n",
                "From: A <a@example.com>\nSubject: x\nContent-Transfer-Encoding: quoted-printable\n\n---\n",
                "From: A <a@example.com>\nSubject: x\n\nFrom here it is another mail\n---\n",
                "From: A <a@example.com>\nSubject: x\nDate: yesterday\n\n---\n",
                "From: A <a@example.com>\nSubject: x\nDate: 3 Mar 2026 29:00 +0100\n\n---\n",
                "From: A <a@example.com>\nSubject: x\nDate: 3 Mar 2026 10:00:00 +9900\n\n---\n",
                "From: A <a@example.com>\nSubject: x\nContent-Type: text/plain;\n charset=us-ascii\n\n\u00fc\n---\n",
                "From: A <a@example.com>\nSubject: x\nContent-Type: text/plain; charset=x-klingon\n\n---\n",
                "From: A <a@example.com>\nSubject: x\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n---\n",
                "From: A <a@example.com>\nSubject: =?x-klingon?q?x?=\n\n---\n",
                "From: A <a@example.com>\nSubject: x\n\nDate: never\n\n---\n",
                "From: A <a@example.com>\nSubject: x\n\n\nFrom: nobody\n\n---\n",
                "From: A <a@example.com>\nSubject: x\n\nFrom: O <o@example.com>\nDate: never\n\n---\n",
                "From: A <a@example.com>\nSubject: x\n\nFrom: O <o@example.com>\n more\n\n---\n",
                "a note\nFrom: A <a@example.com>\nSubject: x\n\n---\n"
            })
    void whatGitWouldReadInAnotherWayIsWrittenAnew(String head) {
        assertThat(mail(head + DIFF)).startsWith("From 0000").endsWith("\n---\n" + DIFF);
    }
}
