package io.jenkins.plugins.cloudimage.peers.bench;

import java.util.List;

/** Measures one thing. */
@FunctionalInterface
interface Section {
    /** Measures it. */
    List<Row> measure(Effort effort) throws Exception;
}
