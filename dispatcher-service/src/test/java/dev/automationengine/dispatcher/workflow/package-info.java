@NullMarked
package dev.automationengine.dispatcher.workflow;

import org.jspecify.annotations.NullMarked;
