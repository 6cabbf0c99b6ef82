// Package sarif has the part of the Static Analysis Results Interchange Format,
// version 2.1.0, that emitcheck writes: its objects as types, and how files are
// named in it. What is said with it is the command's affair.
//
// The format is https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html;
// names are its, and so is the meaning of fields that have no comment here.
package sarif

// What a log says of itself.
const (
	Schema  = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	Version = "2.1.0"
)

// UTF16 is the unit in which a run counts columns.
const UTF16 = "utf16CodeUnits"

// A Level is how grave something is.
type Level string

// The levels of results and notifications.
const (
	Error   Level = "error"
	Warning Level = "warning"
)

// A Log is what a SARIF file holds.
type Log struct {
	Schema  string `json:"$schema"`
	Version string `json:"version"`
	Runs    []Run  `json:"runs"`
}

type Run struct {
	Tool        Tool                        `json:"tool"`
	Invocations []Invocation                `json:"invocations"`
	URIBases    map[string]ArtifactLocation `json:"originalUriBaseIds"`
	ColumnKind  string                      `json:"columnKind"`
	Results     []Result                    `json:"results"` // not null: that says there was no run
}

type Tool struct {
	Driver Driver `json:"driver"`
}

type Driver struct {
	Name            string `json:"name"`
	Version         string `json:"version"`
	SemanticVersion string `json:"semanticVersion,omitempty"`
	InformationURI  string `json:"informationUri"`
	Rules           []Rule `json:"rules"`
}

// A Rule is a reportingDescriptor.
type Rule struct {
	ID               string        `json:"id"`
	Name             string        `json:"name"`
	ShortDescription Message       `json:"shortDescription"`
	FullDescription  Message       `json:"fullDescription"`
	Help             Message       `json:"help"`
	HelpURI          string        `json:"helpUri"`
	Default          Configuration `json:"defaultConfiguration"`
}

type Configuration struct {
	Enabled bool  `json:"enabled"` // never left out: true is what that would say
	Level   Level `json:"level"`
}

// A Message is a message, or a multiformatMessageString.
type Message struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type Invocation struct {
	ExecutionSuccessful bool           `json:"executionSuccessful"`
	Notifications       []Notification `json:"toolExecutionNotifications,omitempty"`
}

type Notification struct {
	Level     Level      `json:"level"`
	Message   Message    `json:"message"`
	Locations []Location `json:"locations"`
}

type Result struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Level        Level             `json:"level"`
	Message      Message           `json:"message"`
	Locations    []Location        `json:"locations"`
	CodeFlows    []CodeFlow        `json:"codeFlows,omitempty"`
	Fixes        []Fix             `json:"fixes,omitempty"`
	Fingerprints map[string]string `json:"partialFingerprints"`
}

type Location struct {
	Physical PhysicalLocation  `json:"physicalLocation"`
	Logical  []LogicalLocation `json:"logicalLocations,omitempty"`
	Message  *Message          `json:"message,omitempty"`
}

type PhysicalLocation struct {
	Artifact ArtifactLocation `json:"artifactLocation"`
	Region   Region           `json:"region"`
}

type LogicalLocation struct {
	FullyQualifiedName string `json:"fullyQualifiedName"`
	Kind               string `json:"kind"`
}

type ArtifactLocation struct {
	URI       string `json:"uri"`
	URIBaseID string `json:"uriBaseId,omitempty"`
}

// A Region is a part of a file. Lines and columns are counted from 1, and the
// end is the column behind the last character. Without an end it is the rest of
// the line.
type Region struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
	EndLine     int `json:"endLine,omitempty"`
	EndColumn   int `json:"endColumn,omitempty"`
}

type CodeFlow struct {
	ThreadFlows []ThreadFlow `json:"threadFlows"`
}

type ThreadFlow struct {
	Locations []ThreadFlowLocation `json:"locations"`
}

type ThreadFlowLocation struct {
	Location     Location `json:"location"`
	NestingLevel int      `json:"nestingLevel"`
}

type Fix struct {
	Description Message          `json:"description"`
	Changes     []ArtifactChange `json:"artifactChanges"`
}

type ArtifactChange struct {
	Artifact     ArtifactLocation `json:"artifactLocation"`
	Replacements []Replacement    `json:"replacements"`
}

type Replacement struct {
	Deleted  Region          `json:"deletedRegion"`
	Inserted ArtifactContent `json:"insertedContent"`
}

type ArtifactContent struct {
	Text string `json:"text"`
}
