/** What an installation is made of: containers, chart, scripts and alerts, held against the services and the tools. */
@NullMarked
package dev.automationengine.systemtests.deploy;

import org.jspecify.annotations.NullMarked;
