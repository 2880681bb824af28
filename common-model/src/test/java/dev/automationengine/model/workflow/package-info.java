@NullMarked
package dev.automationengine.model.workflow;

import org.jspecify.annotations.NullMarked;
