package org.patchproof.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchproof.testing.FakeRoot;
import org.patchproof.testing.FakeRunner;

class BuildRootPackagesTest {
    private final FakeRunner runner = new FakeRunner();

    private List<String> list() {
        return new BuildRootPackages(runner, new FakeRoot()::inside).list();
    }

    @Test
    void theRootIsAskedAndNotTheHost() {
        runner.answer("dpkg-query", 0, "ii \tgcc-of-the-host\t12\tamd64\n")
                .answer("in-root dpkg-query", 0, "ii \tgcc\t4:9.3.0-1\tamd64\nrc \tgone\t1\tamd64\nwarning: a\tb\n");
        assertThat(list()).containsExactly("pkg:deb/debian/gcc@4%3A9.3.0-1?arch=amd64");
    }

    @Test
    void aRootWithADpkgThatKnowsNothingIsAskedForItsRpmsToo() {
        runner.answer("in-root dpkg-query", 0, "")
                .answer("in-root rpm", 0, "make\t3.82-24.el7\tx86_64\ngcc\t4.8.5-44.el7\tx86_64\n");
        assertThat(list())
                .containsExactly("pkg:rpm/gcc@4.8.5-44.el7?arch=x86_64", "pkg:rpm/make@3.82-24.el7?arch=x86_64");
    }

    @Test
    void whereNeitherIsThereNothingIsKnown() {
        assertThat(list()).isEmpty();
    }
}
