package org.patchproof.jenkins;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** No files, but the names of some, and what stands in them. */
final class NamedFiles implements FakeJenkins.Files {
    private final Map<String, String> contents = new HashMap<>();

    NamedFiles with(String name, String content) {
        contents.put(name, content);
        return this;
    }

    @Override
    public Object readJson(Path file) {
        try {
            return new ObjectMapper().readValue(read(file), HashMap.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean exists(Path file) {
        return contents.containsKey(file.getFileName().toString());
    }

    @Override
    public String read(Path file) {
        return contents.get(file.getFileName().toString());
    }

    @Override
    public void stash(Path from, String name, String includes, String excludes) {}

    @Override
    public void unstash(Path to, String name) {}

    @Override
    public void delete(Path directory) {}

    @Override
    public void archive(Path from, String includes, String excludes) {}

    @Override
    public void checkout(Path to) {}
}
