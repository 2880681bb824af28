/** Templates and conditions: what a workflow says about the data that flows through it. */
@NullMarked
package dev.automationengine.expressions;

import org.jspecify.annotations.NullMarked;
