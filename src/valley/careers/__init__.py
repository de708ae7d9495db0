"""The room of careers: employments, the dated rules of law they fall under, and the ways from role to role."""
