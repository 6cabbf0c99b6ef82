package hoist

import "fmt"

// An Obstacle says why something is not moved.
type Obstacle struct {
	Kind string // one of Kinds
	Why  string // the clause that messages say
}

func obstacle(kind, format string, args ...any) *Obstacle {
	return &Obstacle{kind, fmt.Sprintf(format, args...)}
}

// A Kind is a sort of obstacle, for counting.
type Kind struct {
	Name string
	Says string

	// Meaning says that to make it but once would change what the program does,
	// so that no fix is wanted. The rest is what a fix cannot see or do.
	Meaning bool
}

// Kinds are the sorts of obstacles.
var Kinds = []Kind{
	{"ends", "a goroutine that ends by itself: it does the work of one call", true},
	{"value", "it depends on values of the call, or on what hot methods set", true},
	{"channel", "a channel that serves one call: a reply, a signal, a queue that is taken whole", true},
	{"result", "it is what the call returns", true},
	{"kept", "the call keeps it elsewhere, sends it on or lets a goroutine have it", true},
	{"percall", "a file, process, transaction or stream that each call has from its beginning", true},
	{"inloop", "it stands in a loop: there are several on purpose", true},
	{"pool", "there are several on purpose, or they come from a pool", true},
	{"pair", "the goroutine gives back what the call took, or answers it", true},
	{"state", "the goroutine reads what hot methods or others set", true},
	{"interrupt", "another method ends the goroutine too, so that the next call starts it again", true},
	{"several", "the call takes more than one element of a sequence, or asks a question of all", true},
	{"answer", "a wait for the rest of what the call has begun", true},
	{"closed", "its producer closes the channel, and the hot method does not ask for that", true},
	{"sendback", "the hot method both fills and empties a queue", true},
	{"assigned", "the variable or field is given other values too", true},
	{"release", "the hot method releases it under a condition", true},
	{"overlap", "calls may overlap, and it has a state of its own", true},
	{"once", "a guard makes it just once already", true},

	{"waits", "the goroutine waits for something that stop does not end", false},
	{"endless", "stop does not end the goroutine, or nothing does", false},
	{"lock", "stop holds a lock that the goroutine may wait for", false},
	{"nested", "the goroutine starts others", false},
	{"unknown", "what is run is not known: a function value, an interface", false},
	{"helper", "it is made in a function that does more, or where stop could not wait", false},
	{"elsewhere", "it is made in another package", false},
	{"embedded", "the hot method belongs to an embedded type", false},
	{"function", "a hot function or literal has no start", false},
	{"receiver", "a method has a value for its receiver", false},
	{"struct", "the handler type is no struct of the package", false},
	{"generic", "methods name the type parameters otherwise than the type", false},
	{"start", "there is no start, or none with one end", false},
	{"stop", "there is no stop, or no place in it", false},
	{"again", "start is called again within a session", false},
	{"condition", "it happens under a condition", false},
	{"loop", "it stands in a loop", false},
	{"literal", "it stands in a function literal", false},
	{"inliteral", "it stands in a function literal", false},
	{"retry", "the hot method goes on where it fails", false},
	{"form", "the statement has a form that is not moved", false},
	{"type", "its type cannot be named in the package", false},
	{"name", "a name means something else where it would go", false},
	{"copied", "a value of the handler type is copied", false},
	{"file", "a file is generated, uses cgo or is not at hand", false},
	{"tags", "the files are not built under the same conditions", false},
	{"version", "the module's Go release is too old", false},
	{"turn", "it meets another fix: it comes with the next run", false},
	{"compile", "the fixed code would not compile", false},
	{"open", "what the hot method closes behind the wait would stay open", false},
	{"internal", "an error of emitcheck's own", false},
	{"blocking", "a wait that is no channel operation", false},
	{"nocontext", "the hot method has no context", false},
	{"noerror", "the hot method has no error to return", false},
}
