#!/bin/sh
# Creates the namespace named by TEMPORAL_NAMESPACE, whose closed workflows stay readable for 30 days. Safe
# to repeat.
set -eu

temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
	temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 720h
