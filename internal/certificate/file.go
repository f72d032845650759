package certificate

import (
	"bytes"
	"encoding/json"
	"fmt"

	"lvyue/internal/evidence"
	"lvyue/internal/failure"
	"lvyue/internal/refusal"
)

// File is a certificate with the evidence on which it rests, as it is handed to the customer.
type File struct {
	Certificate Certificate     `json:"certificate"`
	Evidence    []evidence.Link `json:"evidence"`
}

// Read takes a certificate from a file's content; what is none is the bad input "not_a_certificate".
func Read(data []byte) (File, error) {
	var f File
	if err := json.Unmarshal(data, &f); err != nil || len(f.Evidence) == 0 {
		return File{}, refusal.BadInput("not_a_certificate", "这不是销毁证明文件", "this file is no certificate of destruction")
	}
	return f, nil
}

// Verify checks a certificate by what it carries alone: the chain holds ("evidence_broken"), and the certificate says
// just what the chain says ("certificate_altered"). That the chain is ours shows by its head, which both parties have:
// another one than head is "other_head"; an empty head is not compared.
func (f File) Verify(head string) error {
	if at := evidence.Broken(f.Certificate.Contract, f.Evidence); at > 0 {
		return failure.New("evidence_broken", nil, fmt.Sprintf("证据链在第 %d 条处断开", at),
			fmt.Sprintf("the evidence chain is broken at event %d", at))
	}
	if f.Certificate.Version != version {
		return failure.New("other_version", nil, "该证明由其他版本出具，本程序不能核验",
			"another release made this certificate; this one cannot check it")
	}
	again, err := Of(f.Certificate.Contract, f.Evidence)
	if err != nil {
		return err
	}
	if len(again.Evidence) != len(f.Evidence) || !same(again.Certificate, f.Certificate) {
		return failure.New("certificate_altered", nil, "证明内容与其证据不符",
			"the certificate does not say what its evidence says")
	}
	if head != "" && head != f.Certificate.Head {
		return failure.New("other_head", nil, "证据链头与所给指纹不符：证明中为 "+f.Certificate.Head,
			"the chain's head is another one than was given: "+f.Certificate.Head)
	}
	return nil
}

// same compares certificates as they are written.
func same(a, b Certificate) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
