package io.jenkins.plugins.cloudimage.core.simulation;

import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Problem;
import java.util.List;

/** A request to one of the simulated clouds; each has a type of its own, by which the engine knows the cloud. */
interface Request extends ImageRequest {

    @Override
    default String region() {
        return "here";
    }

    @Override
    default boolean dryRun() {
        return false;
    }

    @Override
    default List<Problem> problems() {
        return List.of();
    }

    /** Has an idempotency token. */
    record Token(String imageName, String description, String instanceId) implements Request {
        @Override
        public ImageRequest withImageName(String name) {
            return new Token(name, description, instanceId);
        }

        @Override
        public ImageRequest withDescription(String text) {
            return new Token(imageName, text, instanceId);
        }
    }

    /** Has unique names. */
    record Unique(String imageName, String description, String instanceId) implements Request {
        @Override
        public ImageRequest withImageName(String name) {
            return new Unique(name, description, instanceId);
        }

        @Override
        public ImageRequest withDescription(String text) {
            return new Unique(imageName, text, instanceId);
        }
    }

    /** Has unique names and answers without an id. */
    record Nameless(String imageName, String description, String instanceId) implements Request {
        @Override
        public ImageRequest withImageName(String name) {
            return new Nameless(name, description, instanceId);
        }

        @Override
        public ImageRequest withDescription(String text) {
            return new Nameless(imageName, text, instanceId);
        }
    }

    /** Has nothing but marks, and needs a stopped instance. */
    record Stopped(String imageName, String description, String instanceId) implements Request {
        @Override
        public ImageRequest withImageName(String name) {
            return new Stopped(name, description, instanceId);
        }

        @Override
        public ImageRequest withDescription(String text) {
            return new Stopped(imageName, text, instanceId);
        }
    }

    /** Has nothing, not even a place for a mark. */
    record Markless(String imageName, String instanceId) implements Request {
        @Override
        public ImageRequest withImageName(String name) {
            return new Markless(name, instanceId);
        }
    }
}
