package org.patchproof.vm;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.patchproof.vm.GuestShell.Answer;
import org.patchproof.vm.GuestShell.Words;

/** Makes a guest ours, from inside: asks what it has, puts our agent into it, tells its boot loader. */
final class GuestAdoption {
    /** All scripts of ours that decide what becomes of an image. */
    static final List<String> SCRIPTS = List.of(
            Seed.USER_DATA,
            "guest-facts.sh",
            "guest-agent.sh",
            "guest-agent.service",
            "guest-at-shutdown.sh",
            "guest-setup.sh",
            "guest-bootloader.sh");

    /** Its last service writes that file; where that failed, nobody ever will. */
    static final String CLOUD_INIT_IS_OVER = "until [ -e /var/lib/cloud/instance/boot-finished ]; do"
            + " if systemctl -q is-failed cloud-final.service; then echo 'its cloud-init failed'; exit 3; fi;"
            + " sleep 1; done";

    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int SHOWN = 2000;

    private final GuestShell shell;
    private final Acceleration acceleration;
    private final Consumer<String> progress;

    /**
     * @param acceleration of the guest, by which its time limits are stretched
     * @param progress gets a word on each step
     */
    GuestAdoption(GuestShell shell, Acceleration acceleration, Consumer<String> progress) {
        this.shell = shell;
        this.acceleration = acceleration;
        this.progress = progress;
    }

    /**
     * Does it all; the guest is on its way down afterwards.
     *
     * @return whose tools tell its boot loader what to boot
     * @throws GuestUnavailableException when the guest lacks what it takes, or refuses
     * @throws IOException when it is lost
     */
    BootLoader adopt() throws IOException {
        progress.accept("its cloud-init");
        must(CLOUD_INIT_IS_OVER, "", LONG);
        GuestFacts facts = GuestFacts.parse(must("sh", Scripts.text("guest-facts.sh"), SHORT));
        refuse(facts);
        BootLoader bootLoader = BootLoader.of(facts);
        progress.accept("our agent into " + facts.name());
        put("guest-agent.sh", "/usr/local/lib/patchproof", "agent");
        put("guest-agent.service", "/etc/systemd/system", "patchproof.service");
        put("guest-at-shutdown.sh", "/usr/lib/systemd/system-shutdown", "patchproof");
        must("bash", Scripts.text("guest-setup.sh"), SHORT);
        progress.accept("its boot loader (" + bootLoader.word() + ")");
        String environment = DiskGuest.environment(bootLoader, "/boot/vmlinuz-" + facts.release(), List.of());
        must("bash", environment + Scripts.text("guest-bootloader.sh"), LONG);
        progress.accept("switching it off");
        must(
                "rm -f /root/.ssh/authorized_keys; sync; (sleep 1; systemctl poweroff) > /dev/null 2>&1 < /dev/null &",
                "",
                SHORT);
        return bootLoader;
    }

    private void put(String script, String folder, String name) throws IOException {
        must("mkdir -p " + folder + " && cat > " + folder + "/" + name, Scripts.text(script), SHORT);
    }

    private static void refuse(GuestFacts facts) {
        if (!facts.tools().contains("systemctl")) {
            throw new GuestUnavailableException(
                    facts.name() + " has no systemd", "Its first process must be systemd, which starts our agent.");
        }
        boolean manager = facts.tools().contains("yum") || facts.tools().contains("dnf");
        if (!manager || !facts.tools().contains("rpm")) {
            throw new GuestUnavailableException(
                    facts.name() + " has no yum or dnf, or no rpm, to install kernels with",
                    "Install dnf and rpm in the image.");
        }
    }

    private String must(String line, String input, Duration onHardware) throws IOException {
        Answer answer = shell.say(new Words(line, input, acceleration.stretch(onHardware)));
        if (answer.exitCode() != 0) {
            String said = answer.output();
            throw new GuestUnavailableException(
                    "the guest could not be made ready: exit code " + answer.exitCode() + ", it said: "
                            + said.substring(Math.max(0, said.length() - SHOWN)),
                    "See its console beside the log; the image may need what is named there.");
        }
        return answer.output();
    }
}
