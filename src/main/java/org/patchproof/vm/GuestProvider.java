package org.patchproof.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** One way to come by a guest. Where images are kept, {@link GuestBuilder} knows. */
interface GuestProvider {
    String DISK = "disk.qcow2";

    /** What decides the image: the guest's definition, and our scripts that work on it. */
    String digest() throws IOException;

    /** The files that belong to an image, beside {@link #DISK}. */
    List<String> companions();

    /**
     * Asks whether the image can be made, before anything is made.
     *
     * @throws GuestUnavailableException when it cannot, with what to do
     */
    void require() throws IOException;

    /**
     * Makes the image: {@link #DISK} and its {@link #companions} in {@code work}, and nothing else.
     *
     * @param work an empty folder
     * @param log where the output of tools goes, and a guest's console beside it
     * @param progress gets a word on each step
     * @throws GuestUnavailableException when this host cannot make this guest
     */
    void make(Path work, Path log, Consumer<String> progress) throws IOException, InterruptedException;

    /** The image whose files are in {@code home}. */
    GuestImage open(Path home, String digest, String diskSha256) throws IOException;
}
