package io.jenkins.plugins.cloudimage.core.qcloud;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The regions of the API, each of which has an old and a new code. Most calls accept both. */
final class QcloudRegions {
    private static final Map<String, String> NEW_CODES = new TreeMap<>(Map.ofEntries(
            Map.entry("gz", "ap-guangzhou"),
            Map.entry("gzopen", "ap-guangzhou-open"),
            Map.entry("sh", "ap-shanghai"),
            Map.entry("shjr", "ap-shanghai-fsi"),
            Map.entry("szjr", "ap-shenzhen-fsi"),
            Map.entry("bj", "ap-beijing"),
            Map.entry("cd", "ap-chengdu"),
            Map.entry("hk", "ap-hongkong"),
            Map.entry("sg", "ap-singapore"),
            Map.entry("kr", "ap-seoul"),
            Map.entry("de", "eu-frankfurt"),
            Map.entry("ca", "na-toronto"),
            Map.entry("usw", "na-siliconvalley")));

    /** From and to North America, images are not copied. */
    private static final Set<String> NOT_COPYING = Set.of("ca", "usw");

    private QcloudRegions() {}

    /** All codes, the new ones first. */
    static List<String> all() {
        return Stream.concat(NEW_CODES.values().stream().sorted(), NEW_CODES.keySet().stream())
                .toList();
    }

    /** The new code of a region; a code that is unknown or new stays as it is. */
    static String newCode(String region) {
        return NEW_CODES.getOrDefault(region, region);
    }

    /**
     * The old codes of the regions between which images are copied, by both codes. <a
     * href="https://cloud.tencent.com/document/api/213/1336">SyncCvmImage</a> takes the old ones.
     */
    static Map<String, String> copying() {
        return NEW_CODES.entrySet().stream()
                .filter(region -> !NOT_COPYING.contains(region.getKey()))
                .flatMap(region -> Stream.of(
                        Map.entry(region.getKey(), region.getKey()), Map.entry(region.getValue(), region.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
