@NullMarked
package dev.automationengine.model;

import org.jspecify.annotations.NullMarked;
