#!/bin/sh
# Creates the databases `temporal` and `temporal_visibility` and brings their schema up to date. Safe to
# repeat: what exists stays. The connection is in SQL_* variables.
set -eu

prepare() { # database schema
	temporal-sql-tool --database "$1" create-database --defaultdb postgres
	# A schema that has a version is left to the update.
	temporal-sql-tool --database "$1" setup-schema --version 0.0
	temporal-sql-tool --database "$1" update-schema --schema-name "postgresql/v12/$2"
}

prepare temporal temporal
prepare temporal_visibility visibility
