"""The commands of `newsledger`, by what they are for. Each imports what it needs when it runs, so that all of them start at once."""
