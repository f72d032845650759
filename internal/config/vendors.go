package config

import (
	"strings"

	"lvyue/internal/failure"
)

// Cloud is the vendor that a worker buys from.
type Cloud string

// The clouds (LVYUE_CLOUD). There is no default: nobody should buy machines, or believe that they were
// bought, by accident.
const (
	Aliyun    Cloud = "aliyun"
	AliyunSim Cloud = "aliyunsim"
)

// Vendors are the counterparties of a worker.
type Vendors struct {
	Cloud Cloud
	// AccessKeyID, AccessKeySecret and SecurityToken are the account at Aliyun (LVYUE_ALIYUN_ACCESS_KEY_ID,
	// LVYUE_ALIYUN_ACCESS_KEY_SECRET, LVYUE_ALIYUN_SECURITY_TOKEN, each also with _FILE).
	AccessKeyID     Secret
	AccessKeySecret Secret
	SecurityToken   Secret
	// SimulatorURL is a running simulator (LVYUE_ALIYUNSIM_URL); empty means that the worker starts its own.
	SimulatorURL string
	// SuiteSecret is what the tokens of all customers' systems follow from (LVYUE_SUITE_SECRET, also with _FILE).
	SuiteSecret Secret
}

func readVendors(r *reader) Vendors {
	return Vendors{
		Cloud:           Cloud(r.text("LVYUE_CLOUD")),
		AccessKeyID:     r.secret("LVYUE_ALIYUN_ACCESS_KEY_ID"),
		AccessKeySecret: r.secret("LVYUE_ALIYUN_ACCESS_KEY_SECRET"),
		SecurityToken:   r.secret("LVYUE_ALIYUN_SECURITY_TOKEN"),
		SimulatorURL:    r.text("LVYUE_ALIYUNSIM_URL"),
		SuiteSecret:     r.secret("LVYUE_SUITE_SECRET"),
	}
}

// Check tells whether a worker may start with these vendors. The failure is "no_cloud" when none or an
// unknown one is named, "no_credentials" when the real one is named without an account.
func (v Vendors) Check() error {
	switch v.Cloud {
	case AliyunSim:
		return nil
	case Aliyun:
		return v.checkAccount()
	default:
		return failure.New("no_cloud", nil,
			"没有选定云：请设置 LVYUE_CLOUD=aliyun（真实购买）或 LVYUE_CLOUD=aliyunsim（本地模拟）；引擎不会替您选择",
			"no cloud is chosen: set LVYUE_CLOUD=aliyun (real purchases) or LVYUE_CLOUD=aliyunsim (the local "+
				"simulator); the engine does not choose for you")
	}
}

func (v Vendors) checkAccount() error {
	if v.AccessKeyID != "" && v.AccessKeySecret != "" {
		return nil
	}
	return failure.New("no_credentials", nil,
		"LVYUE_CLOUD=aliyun 需要 LVYUE_ALIYUN_ACCESS_KEY_ID 和 LVYUE_ALIYUN_ACCESS_KEY_SECRET（或其 _FILE 形式）",
		"LVYUE_CLOUD=aliyun needs LVYUE_ALIYUN_ACCESS_KEY_ID and LVYUE_ALIYUN_ACCESS_KEY_SECRET (or their _FILE forms)")
}

func trimNewline(data []byte) string { return strings.TrimRight(string(data), "\r\n") }
