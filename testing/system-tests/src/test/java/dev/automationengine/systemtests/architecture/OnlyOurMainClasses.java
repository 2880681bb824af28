package dev.automationengine.systemtests.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves out what the build makes of our classes beside them: the executable jars. */
final class OnlyOurMainClasses implements ImportOption {
    @Override
    public boolean includes(Location location) {
        return !location.contains("-exec.jar") && !location.contains("system-tests");
    }
}
