package org.patchproof.vm;

import java.time.Duration;
import java.util.Locale;

/** How QEMU runs the guest's processors. */
public enum Acceleration {
    /** The host's processors, through /dev/kvm. */
    KVM("kvm", "host", 1),
    /** Emulation: an order of magnitude slower, available everywhere. */
    TCG("tcg,thread=multi", "max", 6);

    private final String accel;
    private final String cpu;
    private final int slowness;

    Acceleration(String accel, String cpu, int slowness) {
        this.accel = accel;
        this.cpu = cpu;
        this.slowness = slowness;
    }

    /** QEMU's {@code -accel}. */
    String accel() {
        return accel;
    }

    /** QEMU's {@code -cpu}. */
    String cpu() {
        return cpu;
    }

    /** A deadline that suits hardware, stretched for this acceleration. */
    public Duration stretch(Duration onHardware) {
        return onHardware.multipliedBy(slowness);
    }

    /** The name a person writes: {@code kvm}, {@code tcg}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
