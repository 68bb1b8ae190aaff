package io.jenkins.plugins.cloudimage.peers.bench;

import java.util.List;

/** Measures one thing. */
@FunctionalInterface
interface Section {
    /**
     * Measures it.
     *
     * @param effort how much
     * @return its rows of the table
     */
    List<Row> measure(Effort effort) throws Exception;
}
