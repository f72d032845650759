package statement_test

import (
	"testing"

	"lvyue/internal/refusal"
	"lvyue/internal/statement"
	"lvyue/internal/workday"
)

// Banks print two days and two numbers; the day of the credit and the number of the movement count (§5.5).
func TestRead_OfTwoColumnsOfOneRoleTheOneThatCountsRules(t *testing.T) {
	t.Parallel()
	const file = "交易日期,记账日期,凭证号,交易流水号,金额\n2025-09-30,2025-10-09,V1,S1,1.00\n"
	s, err := statement.Read("a.csv", []byte(file), workday.MustDate("2025-10-31"))
	if err != nil {
		t.Fatal(err)
	}
	if line := s.Lines[0]; line.On != workday.MustDate("2025-10-09") || line.Reference != "S1" {
		t.Errorf("read %+v", line)
	}
}

func TestRead_TwoColumnsOfEqualRankAreRefused(t *testing.T) {
	t.Parallel()
	for _, header := range []string{"记账日期,入账日期,流水号,金额", "日期,流水号,交易流水号,金额"} {
		_, err := statement.Read("a.csv", []byte(header+"\n2025-09-30,2025-10-09,S1,1.00\n"), workday.MustDate("2025-10-31"))
		if no, ok := refusal.As(err); !ok || no.Code != "bad_statement" {
			t.Errorf("%s: %v", header, err)
		}
	}
}
