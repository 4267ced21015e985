package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.Map;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The seed as cloud-init reads it: YAML, with the keys in the forms that sshd knows. */
class SeedTest {
    @TempDir
    Path dir;

    private final SshKeys keys = SshKeys.fresh();

    @Test
    @SuppressWarnings("unchecked")
    void onlyOurKeyLetsInAndTheHostsKeyIsTheOneThatWeKnow() throws Exception {
        Map<String, Object> user = yaml("user-data");
        assertThat(text("user-data")).startsWith("#cloud-config\n");
        assertThat(user).containsEntry("disable_root", false).containsEntry("ssh_pwauth", false);
        assertThat((Iterable<Object>) user.get("users")).isEmpty();
        Iterable<String> authorized = (Iterable<String>) user.get("ssh_authorized_keys");
        assertThat(authorized).hasSize(1);
        assertThat(KeyUtils.compareKeys(
                        AuthorizedKeyEntry.parseAuthorizedKeyEntry(
                                        authorized.iterator().next())
                                .resolvePublicKey(null, null),
                        keys.client().getPublic()))
                .isTrue();

        Map<String, String> host = (Map<String, String>) user.get("ssh_keys");
        Path pem = Files.writeString(dir.resolve("host"), host.get("rsa_private"));
        KeyPair read;
        try (var in = Files.newInputStream(pem)) {
            read = SecurityUtils.loadKeyPairIdentities(null, null, in, null)
                    .iterator()
                    .next();
        }
        assertThat(KeyUtils.compareKeyPairs(read, keys.host())).isTrue();
        assertThat(host.get("rsa_public")).isEqualTo(SshKeys.line(keys.host()));
        assertThat(yaml("meta-data")).containsEntry("instance-id", "patchproof");
    }

    @Test
    void eachMachineHasKeysOfItsOwnAndTheSeedIsForItsOwnerOnly() throws Exception {
        assertThat(KeyUtils.compareKeyPairs(SshKeys.fresh().client(), keys.client()))
                .isFalse();
        Path seed = dir.resolve("seed.iso");
        Seed.write(keys, seed);
        assertThat(Files.getPosixFilePermissions(seed)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private Map<String, Object> yaml(String name) throws Exception {
        return new Yaml(new SafeConstructor(new org.yaml.snakeyaml.LoaderOptions())).load(text(name));
    }

    private String text(String name) throws Exception {
        return new String(Seed.files(keys).get(name), StandardCharsets.UTF_8);
    }
}
