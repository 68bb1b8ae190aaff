package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists;
import io.jenkins.plugins.cloudimage.core.creation.Options.OnIncomplete;
import io.jenkins.plugins.cloudimage.simulator.FakeInstances.Power;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A creation engine with a cloud of the test's choice and a source instance. */
abstract class OptionsRig {
    static final Options STOP = new Options(true, true, OnIncomplete.KEEP, IfNameExists.FAIL);
    static final Options DELETE = new Options(false, false, OnIncomplete.DELETE, IfNameExists.FAIL);
    static final Options REUSE = new Options(true, true, OnIncomplete.DELETE, IfNameExists.REUSE);
    static final Options SUFFIX = new Options(false, false, OnIncomplete.KEEP, IfNameExists.SUFFIX);
    static final String INSTANCE = "i-1";

    @TempDir(factory = MemoryDisk.class)
    Path folder;

    EngineRig rig;
    int mistakes;

    void use(TestCloud cloud) {
        rig = new EngineRig(folder, 1, cloud);
        rig.account.instances().add(INSTANCE);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    Creation start(String name, Options options) {
        Creation creation = rig.plan(rig.cloud.request(name, INSTANCE), options, EngineRig.TIMEOUT);
        rig.run(creation);
        return creation;
    }

    Creation finish(String name, Options options) {
        return rig.finish(start(name, options));
    }

    Optional<Power> power() {
        return rig.account.instances().power(INSTANCE);
    }

    Creation toldEnd() {
        return rig.heard.stream().filter(Creation::ended).findFirst().orElseThrow();
    }

    static CleanupTask task(Creation creation, CleanupTask.Kind kind) {
        return creation.tasks().stream()
                .filter(task -> task.kind() == kind)
                .findFirst()
                .orElseThrow();
    }
}
