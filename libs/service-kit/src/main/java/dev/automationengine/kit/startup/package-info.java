/** What has to be done once after the start, whenever the servers for it come up. */
@NullMarked
package dev.automationengine.kit.startup;

import org.jspecify.annotations.NullMarked;
