package io.jenkins.plugins.cloudimage.core;

import java.util.List;

/**
 * What a key must be allowed to do, as the cloud's access management calls it. Each list is of the calls that are made,
 * so it holds for the endpoints of an administrator too.
 *
 * @param always what every image needs
 * @param delete what is needed besides to delete an image together with its snapshots
 * @param power what is needed besides to stop and start a machine
 * @param quota what is needed besides to read the quota; empty where the cloud tells none
 */
public record Permissions(List<String> always, List<String> delete, List<String> power, List<String> quota) {
    /** Makes the lists immutable. */
    public Permissions {
        always = List.copyOf(always);
        delete = List.copyOf(delete);
        power = List.copyOf(power);
        quota = List.copyOf(quota);
    }
}
