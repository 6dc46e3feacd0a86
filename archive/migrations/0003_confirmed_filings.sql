-- What people confirmed, and when the type model last learned from it; asked after every confirmation.
CREATE INDEX audit_trail_confirmed ON audit_trail(subject, sequence) WHERE action = 'document.confirmed';
CREATE INDEX audit_trail_confirmed_by_sequence ON audit_trail(sequence) WHERE action = 'document.confirmed';
CREATE INDEX audit_trail_model_trained ON audit_trail(sequence) WHERE action = 'model.trained';
