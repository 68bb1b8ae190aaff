package io.jenkins.plugins.cloudimage.core.simulation;

import java.util.List;

/** A controller: its disk, its clock, what goes wrong with it, and the process that runs now. */
final class Controller {
    final int number;
    final World world;
    Disk disk;
    Disk backup;
    Life life;
    /** How far its clock is ahead of the true time. */
    long ahead;
    /** By how much its clock was set in all. */
    long jumps;
    /** It began with a copy of another one's disk. */
    boolean isCopy;

    final List<Fault> saves = Fault.none();
    final List<Fault> keys = Fault.none();
    final List<Fault> tasks = Fault.none();
    final List<Fault> listeners = Fault.none();
    long taskFault = Long.MIN_VALUE / 2;
    long keyFault = Long.MIN_VALUE / 2;
    long saveFault = Long.MIN_VALUE / 2;
    long listenerFault = Long.MIN_VALUE / 2;
    /** Where it is killed next, or null. */
    String killPoint;
    /** The kill point that begins to count when an image is shared. */
    String killPointWhenShared;

    long killPause;

    Controller(int number, World world, Disk disk) {
        this.number = number;
        this.world = world;
        this.disk = disk;
    }

    void kill(long pause, String why) {
        if (life != null) {
            world.log(this + " dies: " + why);
            life.dead = true;
            life = null;
            killPoint = null;
            world.at(world.now() + pause, this::boot);
        }
    }

    void boot() {
        if (life == null) {
            world.log(this + " begins");
            life = new Life(this);
            life.begin();
        }
    }

    @Override
    public String toString() {
        return "controller " + number;
    }
}
