package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootLoaderTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "CentOS 7, grubby grub2-mkconfig grub2-set-default, no, GRUBBY",
        "Alma 8, grubby grub2-mkconfig grub2-set-default, yes, GRUBBY",
        "Alma 9 without grub2's own tools, grubby, yes, GRUBBY",
        "openSUSE, grub2-mkconfig grub2-set-default, no, GRUB2",
        "Debian 12, grub-mkconfig grub-set-default, no, GRUB"
    })
    void isToldByTheToolsThatTheGuestHas(String guest, String tools, String bls, BootLoader expected) {
        assertThat(BootLoader.of(facts(guest, tools, bls))).isEqualTo(expected);
        assertThat(BootLoader.of(expected.word())).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "BLS without grubby, grub2-mkconfig grub2-set-default, yes, Install grubby",
        "Alpine, '', no, Known are grubby",
        "half of Debian's, grub-mkconfig, no, Known are grubby"
    })
    void isRefusedWithTheRemedyWhereNobodyCanBeTold(String guest, String tools, String bls, String remedy) {
        assertThatThrownBy(() -> BootLoader.of(facts(guest, tools, bls)))
                .isInstanceOfSatisfying(GuestUnavailableException.class, e -> {
                    assertThat(e).hasMessageContaining(guest);
                    assertThat(e.remedy()).contains(remedy);
                });
    }

    @Test
    void whatAGuestSaysOfItselfIsBoundedAndNothingInItIsTrusted() {
        String flood = "tool=x\n".repeat(1_000_000);
        GuestFacts facts =
                GuestFacts.parse("release=6.1.0\n\0\1\nname=\u001b[2Jevil\ntool=grubby\nrelease=other\n" + flood);
        assertThat(facts.release()).isEqualTo("6.1.0");
        assertThat(facts.name()).isEqualTo("a Linux without a name");
        assertThat(facts.tools()).containsExactlyInAnyOrder("grubby", "x");
        for (String hostile :
                List.of("", "release=", "release=$(reboot)", "release=a b", "release=" + "x".repeat(500))) {
            assertThatThrownBy(() -> GuestFacts.parse(hostile)).isInstanceOf(GuestUnavailableException.class);
        }
    }

    @Test
    void noArgumentCanBeAWordOfTheGuestsShellOrBootLoader() {
        String environment = DiskGuest.environment(BootLoader.GRUB, "/boot/vmlinuz-1.el7", List.of("a.b=1,2"));
        assertThat(environment)
                .isEqualTo("BOOT_LOADER='grub'\nIMAGE='/boot/vmlinuz-1.el7'\nARGUMENTS='console=ttyS0 panic=-1"
                        + " printk.devkmsg=on loglevel=7 systemd.show_status=0 a.b=1,2'\n");
        for (String argument : List.of("a'b", "$(id)", "a;b", "a\\b", "`id`", "a b", "", "{", "#")) {
            assertThatThrownBy(() -> DiskGuest.environment(BootLoader.GRUB, "/boot/vmlinuz-1", List.of(argument)))
                    .isInstanceOf(GuestUnavailableException.class)
                    .hasMessageContaining("cannot be given through a boot loader");
        }
        for (String image : List.of("/boot/vmlinuz-$(id)", "/boot/../x", "/lib/modules/1/vmlinuz", "vmlinuz-1")) {
            assertThatThrownBy(() -> DiskGuest.environment(BootLoader.GRUB, image, List.of()))
                    .isInstanceOf(GuestUnavailableException.class);
        }
    }

    private static GuestFacts facts(String name, String tools, String bls) {
        StringBuilder answer = new StringBuilder("release=1.0\nname=" + name + "\nbls=" + bls + "\n");
        for (String tool : tools.split(" ")) {
            answer.append("tool=").append(tool).append('\n');
        }
        return GuestFacts.parse(answer.toString());
    }
}
