@NullMarked
package dev.automationengine.kit.web;

import org.jspecify.annotations.NullMarked;
