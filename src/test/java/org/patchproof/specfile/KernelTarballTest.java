package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelTarballTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Source0: linux-%{version}.tar.xz | %setup -q | firmware.tar.xz linux-6.1.tar.xz | linux-6.1.tar.xz",
                "Source: kernel.tar.gz;Source1: linux-firmware.tar.gz | %setup | linux-firmware.tar.gz kernel.tar.gz"
                        + " | kernel.tar.gz",
                "Source0: a.tar;Source3: b.tar | %setup -q -T -a 3 -c | a.tar b.tar | b.tar",
                "Source0: a.tar;Source3: b.tar | %autosetup -T -b3 -N | a.tar b.tar | b.tar",
                "Source0: a.tar;Source3: b.tar | %setup -q -a 3 -c -n Tx | a.tar b.tar | a.tar",
                "Source0: https://x/y/linux-%{v}.tar.xz | %setup | x.tar.xz linux-6.tar.xz | linux-6.tar.xz",
                "%define t a.tar;Source0: %{t} | %setup | a.tar b.tar | a.tar",
                "Source0: %{t} | %setup | linux-6.1.tar.gz firmware.tar.gz | linux-6.1.tar.gz",
                "Source0: %{t} | %setup | linux-firmware.tar.gz firmware.tar.gz | -",
                "Source0: config | %setup | linux-5.1.tar linux-6.1.tar | -",
                "Source0: config | echo | some.tar | some.tar",
            })
    void isTheOneThatIsUnpacked(String tags, String setup, String tarballs, String kernels) {
        SpecFile spec = Specs.parse(tags.replace(";", "\n") + "\n%prep\n" + setup + "\n%build\n");
        assertThat(KernelTarball.of(spec, List.of(tarballs.split(" "))).orElse(null))
                .isEqualTo(kernels);
    }
}
