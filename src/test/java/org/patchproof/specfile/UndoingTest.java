package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UndoingTest {
    private static final Set<String> OURS = Set.of("net/ipv4/route.c", "Makefile");

    private static final String TAGS = """
            %global all_configs kernel-%{version}-*.config
            %define again cp %{SOURCE5} net/ipv4/
            Source0: linux-1.tar.xz
            Source1: Makefile.common
            Source2: overlay.tar.gz
            Source5: route.c
            %prep
            %setup -q -n kernel -c
            cd linux-1
            fresh() {
              cp $RPM_SOURCE_DIR/$1 net/ipv4/route.c
            }
            HERE
            """;

    private static boolean undone(String script) {
        SpecFile spec = Specs.parse(TAGS + script.replace("%NL%", "\n") + "\n%build\nrm -rf net\n");
        return Undoing.first(spec, spec.texts().indexOf("HERE") + 1, OURS).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cp %{SOURCE5} net/ipv4/",
                "cp -f %SOURCE5 net/ipv4",
                "cp $RPM_SOURCE_DIR/route.c net/ipv4/route.c",
                "%{__cp} %{S:5} net/ipv4/.",
                "(cd net/ipv4 && cp %{SOURCE5} .)",
                "cd net/ipv4%NL%/bin/cp %{SOURCE5} .%NL%cd ../..",
                "pushd net; install -m 644 %{SOURCE5} ipv4/; popd",
                "install -D -t net/ipv4 %{SOURCE5}",
                "cp -a ../fresh/. .",
                "cp -r ../fresh/* .",
                "cp -a ../fresh/net .",
                "rsync -a ../fresh/ ./",
                "mv ../fresh/net/ipv4/route.c net/ipv4",
                "mv net net.old",
                "mv net/ipv4/route.c{,.old}%NL%mv net/ipv4/route.c x",
                "ln -sf ../../x net/ipv4/route.c",
                "if true; then rm -f net/ipv4/route.c; fi",
                "rm -rf net/",
                "rm -f net/*/*.c",
                "for f in net/ipv4/route.c x; do%NL%rm -f $f%NL%done",
                "cat ../x > net/ipv4/route.c",
                "xzcat x 2>/dev/null > Makefile",
                "cp x \\%NL%  Makefile",
                "tar xf %{SOURCE0} --strip-components=1",
                "tar -C . -xf %{SOURCE2}",
                "/usr/bin/tar --extract --file %{SOURCE2}",
                "%{uncompress:%{SOURCE2}} | tar -xf -",
                "rpm2cpio x.rpm | cpio -idmu",
                "unzip -o x.zip -d net",
                "cd ..%NL%tar xf %{SOURCE0}%NL%cd linux-1",
                "cd ..; rm -rf linux-1; cd linux-1",
                "git checkout -f",
                "git checkout -- .",
                "git checkout v6.1",
                "git reset -q --hard",
                "git stash",
                "git clean -dfx",
                "git -c a=b rm net/ipv4/route.c",
                "git apply -R x.patch",
                "patch -R -p1 -i x",
                "quilt pop -a",
                "find . -name '*.c' -delete",
                "find net -type f | xargs rm -f",
                "%again",
                "%{?again}",
                "fresh route.c",
                "%if 0%NL%cp %{SOURCE5} net/ipv4%NL%%endif",
                "cp %{SOURCE5} $PWD/net/ipv4/",
                "cp %{SOURCE5} `pwd`/net/ipv4/route.c",
                "cp \"%{SOURCE5}\" \"$TOP/net/ipv4/route.c\"",
                "cp %{SOURCE5} %{_builddir}/kernel/linux-1/net/ipv4/",
            })
    void whatMayUndoThem(String script) {
        assertThat(undone(script)).isTrue();
    }

    /** What the specs of kernels do behind their patches. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cp %{SOURCE1} .",
                "cp $RPM_SOURCE_DIR/kernel-*.config .",
                "mkdir configs; cd configs%NL%cp $RPM_SOURCE_DIR/$x .%NL%rm -f *%NL%cd ..",
                "mkdir -p configs%NL%rm -f configs/*",
                "rm -f localversion-*",
                "mv COPYING COPYING-%{version}",
                "for i in *.config%NL%do%NL%  mv $i $i.tmp%NL%done",
                "for i in %{all_configs}; do mv $i $i.tmp; done",
                "find . -name \"*.orig\" -delete",
                "find . \\( -name '*.orig' -o -name '*~' \\) -exec rm -f {} \\; >/dev/null",
                "find . -name .gitignore -delete >/dev/null",
                "touch .scmversion; chmod +x scripts/checkpatch.pl",
                "sed -i 's/^EXTRAVERSION.*/EXTRAVERSION = x/' Makefile",
                "perl -p -i -e 's/^EXTRAVERSION.*/x/' Makefile",
                "make mrproper 2>&1 >/dev/null",
                "echo x >> Makefile",
                "cat > notes <<EOF%NL%rm -rf net%NL%EOF",
                "# rm -rf net",
                "echo 'then rm -rf net'",
                "cd ..%NL%cp -al linux-1 vanilla",
                "cd ..; mv linux-1 linux-2; cd linux-2",
                "cd ..%NL%tar xf %{SOURCE2}%NL%cd linux-1",
                "cd ../driver; tar xf %{SOURCE2}; rm -rf net; cd ../linux-1",
                "tar cf ../x.tar net",
                "tar xf %{SOURCE2} -C drivers/vendor",
                "tar xOf %{SOURCE2} net/x > y",
                "cp -a ../driver drivers/",
                "cp -r net ../copy",
                "install -d net",
                "git add .; git commit -a -q -m x; git checkout -b work; git reset -q",
                "git apply --check x",
                "rm -rf %{buildroot}/net; mkdir net/new",
                "unknown net/ipv4/route.c",
                "ln -s ../x certs/x",
                "cp x $OTHER/net/y.c; cp -a x $OTHER/",
                "popd",
            })
    void whatLeavesThemAlone(String script) {
        assertThat(undone(script)).isFalse();
    }

    @Test
    void aSpecThatWouldMakeTooManyNamesIsStillRead() {
        StringBuilder tags = new StringBuilder("Source5: %{SOURCE5}\n");
        for (int i = 0; i < 20; i++) {
            tags.append("%define a")
                    .append(i)
                    .append(" ")
                    .append(("%{a" + (i + 1) % 20 + "} ").repeat(50))
                    .append("\n");
        }
        SpecFile spec = Specs.parse(tags + "%prep\n%setup\ncp %{a0}%{a1} %{SOURCE5} net/ipv4/\n%build\n");
        assertThat(Undoing.first(spec, spec.texts().indexOf("%setup") + 2, OURS))
                .isPresent();
    }

    @Test
    void oursGoBehindWhatWouldUndoThem() {
        SpecFile spec = Specs.parse(Specs.text(Specs.fixture("xenserver"))
                .replace("make mrproper", "cp %{SOURCE5} net/ipv4/route.c\nmake mrproper"));
        SpecFile injected = Specs.injected(spec).spec();
        assertThat(injected.texts().indexOf("%patch -P 2 -p1"))
                .isGreaterThan(injected.texts().indexOf("cp %{SOURCE5} net/ipv4/route.c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xenserver | make mrproper | if x; then%NL%rm -rf net%NL%fi%NL%make mrproper",
                "el8 | touch .scmversion | cp $RPM_SOURCE_DIR/x net/ipv4/route.c",
                "azure | make mrproper | tar xf %{SOURCE0} --strip-components=1",
                "fedora32 | touch .scmversion | git reset --hard",
            })
    void refusedWhereTheyCannot(String fixture, String what, String by) {
        String text = Specs.text(Specs.fixture(fixture));
        assertThat(text).contains(what);
        InjectionOutcome.Refused refused = Specs.refused(Specs.parse(text.replace(what, by.replace("%NL%", "\n"))));
        assertThat(refused.seen()).contains("may undo the patches");
        assertThat(refused.remedy()).contains("move that line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%define __patch /bin/true",
                "%global _default_patch_flags --dry-run",
                "%define _default_patch_flags -s -R",
                "%define _default_patch_fuzz 0 --dry-run",
                "%define patch() :",
                "%define apply_patch(qp:m:) :",
                "%define __scm_apply_patch(qp:m:) :",
                "%undefine __patch",
            })
    void rpmsToolsMustBeItsOwn(String define) {
        String text = define + "\n" + Specs.text(Specs.fixture("mariner"));
        assertThat(Specs.refused(Specs.parse(text)).seen()).contains("line 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%define __patch /usr/bin/patch",
                "%define _default_patch_flags --no-backup-if-mismatch -s",
                "%define _default_patch_fuzz 2",
                "%define patch_command patch -p1",
            })
    void whatChangesNothingIsNoHindrance(String define) {
        Specs.injected(Specs.parse(define + "\n" + Specs.text(Specs.fixture("mariner"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%bye", "%{bye}", "true; %{?bye}", "%indirect"})
    void aMacroThatEndsTheScriptIsSeen(String call) {
        String text = "%define bye exit 0\n%define indirect() \\\n  :\\\n  %bye\n"
                + Specs.text(Specs.fixture("mariner")).replace("%patch1 -p1", call + "\n%patch1 -p1");
        assertThat(Specs.refused(Specs.parse(text)).seen()).contains("ends the script");
    }
}
