package org.patchproof.patch;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * JGit without the settings of this host and its user: what comes out of a repository is the same for
 * everyone, and JGit runs no git to find them.
 */
final class NoGitConfig extends SystemReader.Delegate {
    private static final AtomicBoolean INSTALLED = new AtomicBoolean();

    private NoGitConfig(SystemReader real) {
        super(real);
    }

    static void install() {
        if (INSTALLED.compareAndSet(false, true)) {
            SystemReader.setInstance(new NoGitConfig(SystemReader.getInstance()));
        }
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return empty(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return empty(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return empty(parent, fs);
    }

    private static FileBasedConfig empty(Config parent, FS fs) {
        return new FileBasedConfig(parent, null, fs) {
            @Override
            public void load() {
                // There is nothing to load.
            }

            @Override
            public void save() {
                // JGit would keep what it measured of the file system: there is no file for it.
            }

            @Override
            public boolean isOutdated() {
                return false;
            }
        };
    }
}
