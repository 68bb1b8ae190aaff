package io.jenkins.plugins.cloudimage.core.alibaba.ecsapi;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * A disk of the new image, {@code DiskDeviceMapping.N} of the API.
 *
 * @param snapshotId the snapshot with its content, or null for an empty disk
 * @param size the size in GiB, or null for that of the snapshot or the cloud's minimum
 * @param device its device name, for example {@code /dev/vdb}, or null
 * @param diskType {@code system} or {@code data}, or null for that of the snapshot
 */
public record DiskDeviceMapping(
        @CheckForNull String snapshotId,
        @CheckForNull Integer size,
        @CheckForNull String device,
        @CheckForNull String diskType) {}
