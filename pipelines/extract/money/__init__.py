"""Money of one document: amounts, who pays whom, for what, and which total a part belongs to."""
