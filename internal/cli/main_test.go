package cli

import (
	"testing"

	"lvyue/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
