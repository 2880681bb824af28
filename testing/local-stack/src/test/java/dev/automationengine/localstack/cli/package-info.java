@NullMarked
package dev.automationengine.localstack.cli;

import org.jspecify.annotations.NullMarked;
