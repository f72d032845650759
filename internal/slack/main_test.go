package slack_test

import (
	"testing"

	"lvyue/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
