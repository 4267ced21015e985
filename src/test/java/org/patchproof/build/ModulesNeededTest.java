package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModulesNeededTest {
    @TempDir
    Path dir;

    @Test
    void namesWhatIsAModule() throws Exception {
        assertThat(objection("CONFIG_VETH=m\nCONFIG_EXT4_FS=y\n# CONFIG_A is not set\n"))
                .isEqualTo(
                        "1 option is a module (VETH), and the quick lane installs none".replace("VETH", "CONFIG_VETH"));
        assertThat(objection("CONFIG_A=m\nCONFIG_B=m\nCONFIG_C=m\nCONFIG_D=m\nCONFIG_E=m\nCONFIG_F=m\n"))
                .startsWith("6 options are modules (CONFIG_A, CONFIG_B, CONFIG_C, CONFIG_D, CONFIG_E, ...)");
    }

    @Test
    void nothingIsSaidOfAKernelThatHasAllBuiltIn() throws Exception {
        assertThat(objection("CONFIG_MODULES=y\nCONFIG_CMDLINE=\"a=m\"\n#CONFIG_X=m\n"))
                .isEqualTo("none");
    }

    private String objection(String config) throws Exception {
        return ModulesNeeded.objection(Files.writeString(dir.resolve(".config"), config))
                .orElse("none");
    }
}
