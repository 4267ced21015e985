package org.patchproof.specfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellBlocksTest {
    private static Optional<String> before(String script) {
        SpecFile spec = Specs.parse("%prep\n" + script + "\nHERE\n");
        return ShellBlocks.hindrance(spec, spec.lines().size() - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if a; then b; fi",
                "if [ \"%{patches}\" != \"%%{patches}\" ] ; then\n for p in %{patches} ; do\n x\n done\nfi 2>/dev/null",
                "f()\n{\n local C=$(wc -l $X | awk '{print $1}')\n case \"$p\" in\n *.gz) a ;;\n *) b ;;\n esac\n}",
                "cat > x <<EOF\nif this\nEOF",
                "cat > x <<-\"EOF\"\n\tif\n\tEOF",
                "# don't\necho 'it is' # isn't it",
                "echo \"it's\"",
                "sed -i 's/if//' x; echo if for {",
                "(cd x; make)",
                "find . -exec rm {} \\;",
                "x=${y:-'if'}; %{?z:if}",
                "while read x; do case $x in a) y;; esac; done < f",
                "make ||\n exit 1",
                "test -f x &&\n\n # why\n make",
                "make &",
                "make 2>&1",
                "case x in a|b) c ;; esac",
                "x '\n%dnl it's\n'",
                "%if 0\nexit 1\n%endif",
                "if a; then\n exit 1\nfi",
                "exit 1",
                "exec 3>&1",
                "exec > log 2>&1",
                "exec {fd}<x; make",
                "find . -exec true \\;",
                "false || exit $x",
                "cat <<< 'x'",
                "echo a; { b; }",
                "awk '\n { if (x) { y }\n'"
            })
    void whatIsClosedHindersNothing(String script) {
        assertThat(before(script)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if a; then",
                "if a\nthen b",
                "for x in a; do",
                "f() {",
                "case x in\n a)",
                "cat <<EOF",
                "cat <<EOF\n EOF",
                "echo 'open",
                "echo \"open",
                "(",
                "{",
                "true && if a; then",
                "exit 0",
                "exec true",
                "if x; then exec make; fi",
                "%if 1\nexit 0\n%endif",
                "make; exit",
                "if a; then exit; fi",
                "test x && exit 0",
                "make \\",
                "test -n \"$A\" &&",
                "make ||  # or else",
                "make |\n\n",
                "x '\n%dnl it's"
            })
    void whatIsOpenHinders(String script) {
        assertThat(before(script)).isPresent();
    }

    @Test
    void theHindranceNamesItsLine() {
        assertThat(before("a\nif b; then")).contains("inside the shell block that begins in line 3");
    }
}
