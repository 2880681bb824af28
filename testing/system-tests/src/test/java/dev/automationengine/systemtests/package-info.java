/** The fleet as a whole: its deployment files, its rules, its journeys. */
@NullMarked
package dev.automationengine.systemtests;

import org.jspecify.annotations.NullMarked;
